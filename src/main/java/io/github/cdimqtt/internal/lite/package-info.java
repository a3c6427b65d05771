/** The build compatible extension, for containers of CDI Lite: the code is read at build, the configuration at the start. */
@NullMarked
package io.github.cdimqtt.internal.lite;

import org.jspecify.annotations.NullMarked;
