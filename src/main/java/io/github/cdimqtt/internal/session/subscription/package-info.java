/**
 * What a session subscribes. {@code FilterCoverage} decides which filters the broker must know, {@code SubscriptionRegistry}
 * which of them come next, and {@code SubscriptionSync} sends them. {@code RetainedMessages} and {@code Overlaps} know for whom
 * the copies of a message are that come of it.
 */
@NullMarked
package io.github.cdimqtt.internal.session.subscription;

import org.jspecify.annotations.NullMarked;
