package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Records the events of failed observers. */
@ApplicationScoped
public class FailureRecorder {

    @Inject
    SharedRecorder recorder;

    void failed(@Observes MqttEvent.MessageFailed failed) {
        recorder.record(failed);
    }
}
