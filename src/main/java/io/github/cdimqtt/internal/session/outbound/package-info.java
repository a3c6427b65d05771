/** What a session publishes: the queue, the window, and the flows of QoS 1 and 2. */
@NullMarked
package io.github.cdimqtt.internal.session.outbound;

import org.jspecify.annotations.NullMarked;
