/** What a session receives: the queue before the observers, the order of acknowledgements, and the policy for failures. */
@NullMarked
package io.github.cdimqtt.internal.session.inbound;

import org.jspecify.annotations.NullMarked;
