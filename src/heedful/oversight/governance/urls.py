"""The board: its page, its meetings, and the three questions."""

from django.urls import path

from heedful.oversight.governance.views import board, packs, words

app_name = "governance"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/behind/<str:code>/", board.behind, name="behind"),
    path("board/words/<uuid:action_id>/", words.words, name="words"),
    path("board/three-questions/", packs.questions, name="questions"),
    path("board/three-questions/paper/", packs.paper, name="paper"),
    path("board/three-questions/table/", packs.sheet, name="sheet"),
]
