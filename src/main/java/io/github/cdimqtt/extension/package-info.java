/** The extension by its name, for containers that look for none. */
@NullMarked
package io.github.cdimqtt.extension;

import org.jspecify.annotations.NullMarked;
