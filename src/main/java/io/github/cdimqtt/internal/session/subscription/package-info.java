/** What a session subscribes: which filters are wanted, which the broker knows, and for whom retained messages are. */
@NullMarked
package io.github.cdimqtt.internal.session.subscription;

import org.jspecify.annotations.NullMarked;
