/** What users are told: the catalogue of messages, the log, the problems of a deployment, and what a connection counts. */
@NullMarked
package io.github.cdimqtt.internal.reporting;

import org.jspecify.annotations.NullMarked;
