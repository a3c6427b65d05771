/** TLS: its files, certificates, keys and cipher suites, and why it failed. */
@NullMarked
package io.github.cdimqtt.internal.net.tls;

import org.jspecify.annotations.NullMarked;
