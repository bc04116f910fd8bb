// While the worker is at it the page looks again by itself; without a script there is the button.
setTimeout(() => location.reload(), 4000);
