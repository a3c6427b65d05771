/** Health and metrics, where the application has MicroProfile or Micrometer for them. */
@NullMarked
package io.github.cdimqtt.internal.observability;

import org.jspecify.annotations.NullMarked;
