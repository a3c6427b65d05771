package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.Qos;

/**
 * One of several copies of a message.
 *
 * @param dispatch handles it
 * @param discard ends it, as another copy is handled
 */
record Copy(Qos qos, Runnable dispatch, Runnable discard) {}
