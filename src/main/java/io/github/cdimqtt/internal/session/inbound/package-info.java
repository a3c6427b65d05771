/**
 * What a session receives: back-pressure, the queue before the observers, the flows of QoS 1 and 2 with the order of
 * acknowledgements, and the policy for failures.
 */
@NullMarked
package io.github.cdimqtt.internal.session.inbound;

import org.jspecify.annotations.NullMarked;
