/** Metrics of an application that has Micrometer. */
package io.github.cdimqtt.server.app.meters;
