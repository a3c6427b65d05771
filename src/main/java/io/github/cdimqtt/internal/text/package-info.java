/** Text that comes from elsewhere, as messages show it. Knows nothing of the rest. */
@NullMarked
package io.github.cdimqtt.internal.text;

import org.jspecify.annotations.NullMarked;
