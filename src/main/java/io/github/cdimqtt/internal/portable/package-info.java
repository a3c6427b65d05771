/** The portable extension: discovery, and the beans and observers that it registers. */
@NullMarked
package io.github.cdimqtt.internal.portable;

import org.jspecify.annotations.NullMarked;
