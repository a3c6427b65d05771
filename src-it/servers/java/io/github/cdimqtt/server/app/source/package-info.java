/** A source of MicroProfile Config, deployed where the server has that. */
package io.github.cdimqtt.server.app.source;
