package io.github.cdimqtt.support;

import jakarta.enterprise.context.ApplicationScoped;

/** The recorder of all beans of an application that have it injected. Thread-safe. */
@ApplicationScoped
public class SharedRecorder extends Recorder<Object> {}
