import threading

import numpy as np

from providers.local.image_classifier import ImageClassifier, shared_classifier


class CountingSession:
    """Stands for the model: the logits are the first value of the picture, and runs are counted."""

    def __init__(self):
        self.runs = 0

    def run(self, _outputs, inputs):
        self.runs += 1
        first = inputs["picture"][0, 0, 0, 0]
        return [np.full((1, 1000), first, np.float32)]


def picture(value):
    return np.full((3, 224, 224), value, dtype=np.float32)


def test_a_picture_is_classified_once_however_often_it_is_asked():
    session = CountingSession()
    classifier = ImageClassifier(session)
    for _ in range(3):
        assert classifier.classify(picture(0.5))[0] == 0.5
    assert session.runs == 1


def test_threads_that_ask_at_once_share_one_run():
    session = CountingSession()
    classifier = ImageClassifier(session)
    threads = [threading.Thread(target=classifier.classify, args=(picture(1),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.runs == 1


def test_other_pixels_are_another_picture():
    session = CountingSession()
    classifier = ImageClassifier(session)
    answers = [classifier.classify(picture(value))[0] for value in (0, 1, 0)]
    assert answers == [0, 1, 0]
    assert session.runs == 2


def test_the_picture_asked_longest_ago_is_forgotten_first():
    session = CountingSession()
    classifier = ImageClassifier(session, remembered=2)
    for value in (1, 2, 1, 3, 1):
        classifier.classify(picture(value))
    assert session.runs == 3
    classifier.classify(picture(2))
    assert session.runs == 4


def test_an_answer_cannot_be_changed_by_who_asked():
    answer = ImageClassifier(CountingSession()).classify(picture(1))
    assert not answer.flags.writeable


def test_the_model_gives_1000_logits():
    logits = shared_classifier().classify(picture(0))
    assert (logits.shape, logits.dtype) == ((1000,), np.float32)


def test_there_is_one_classifier_in_a_process():
    assert shared_classifier() is shared_classifier()
