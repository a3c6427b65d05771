package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.Qos;

/**
 * What a session was granted for a filter.
 *
 * @param identifier 0 for none
 */
record GrantedFilter(Qos qos, boolean noLocal, boolean retainAsPublished, int identifier) {}
