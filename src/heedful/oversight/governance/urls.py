"""The board: its page, the three questions, and its meetings."""

from django.urls import path

from heedful.oversight.governance.views import board, meetings, packs, words

app_name = "governance"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/behind/<str:code>/", board.behind, name="behind"),
    path("board/words/<uuid:action_id>/", words.words, name="words"),
    path("board/three-questions/", packs.questions, name="questions"),
    path("board/three-questions/paper/", packs.paper, name="paper"),
    path("board/three-questions/table/", packs.sheet, name="sheet"),
    path("board/meetings/", meetings.listed, name="meetings"),
    path("board/meetings/new/", meetings.prepare, name="prepare"),
    path("board/meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("board/meetings/<uuid:meeting_id>/agree/", meetings.agree, name="agree"),
    path("board/meetings/<uuid:meeting_id>/out/<int:number>/", meetings.take_back, name="take_back"),
    path("board/meetings/<uuid:meeting_id>/page/", meetings.as_it_stood, name="stood"),
]
