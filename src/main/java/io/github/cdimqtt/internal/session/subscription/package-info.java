/** What a session subscribes: which filters are wanted, which the broker knows, and who receives retained messages. */
@NullMarked
package io.github.cdimqtt.internal.session.subscription;

import org.jspecify.annotations.NullMarked;
