/** What users can observe: the catalogue of messages, the log, the problems of a deployment, and the counters of a connection. */
@NullMarked
package io.github.cdimqtt.internal.reporting;

import org.jspecify.annotations.NullMarked;
