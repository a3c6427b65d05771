package io.github.cdimqtt.it;

import io.github.cdimqtt.support.EventRecorder;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;

/** Records the events of an application's connections, and every line of their log. Thread-safe. */
@Singleton
class DebugRecorder extends EventRecorder {

    @Override
    protected boolean records(Level level) {
        return true;
    }
}
