"""The addresses of reading and of double coding, below those of a consultation."""

from __future__ import annotations

from django.urls import path

from colloquia.consultations.views import batches, coding, queue, reading, samples

_AT = "<slug:slug>/reading"
_SAMPLE = f"{_AT}/samples/<int:number>"

urlpatterns = [
    path(f"{_AT}/", reading.mine, name="consultation_reading"),
    path(f"{_AT}.json", reading.mine_json, name="consultation_reading_json"),
    path(f"{_AT}/mark/", reading.mark, name="consultation_reading_mark"),
    path(f"{_AT}/queue/", queue.queue, name="consultation_reading_queue"),
    path(f"{_AT}/queue.json", queue.queue_json, name="consultation_reading_queue_json"),
    path(f"{_AT}/batches/", batches.every, name="consultation_reading_batches"),
    path(f"{_AT}/batches.json", batches.every_json, name="consultation_reading_batches_json"),
    path(f"{_AT}/batches/new/", batches.new, name="consultation_reading_new"),
    path(f"{_AT}/<int:number>/", reading.batch, name="consultation_reading_batch"),
    path(f"{_AT}/<int:number>.json", reading.batch_json, name="consultation_reading_batch_json"),
    path(f"{_AT}/<int:number>/<int:position>/", reading.item, name="consultation_reading_item"),
    path(f"{_AT}/samples/", samples.every, name="consultation_samples"),
    path(f"{_AT}/samples.json", samples.every_json, name="consultation_samples_json"),
    path(f"{_AT}/samples/new/", samples.new, name="consultation_sample_new"),
    path(f"{_SAMPLE}/", samples.one, name="consultation_sample"),
    path(f"{_SAMPLE}.json", samples.one_json, name="consultation_sample_json"),
    path(f"{_SAMPLE}/finished/", coding.finished, name="consultation_coding_finished"),
    path(f"{_SAMPLE}/<int:position>/", coding.coding, name="consultation_coding"),
]
