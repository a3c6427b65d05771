/** The portable extension: discovery, configuration, and dispatch to observers. */
@NullMarked
package io.github.cdimqtt.internal.cdi;

import org.jspecify.annotations.NullMarked;
