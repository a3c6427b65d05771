/** What waits while the application starts. */
package io.github.cdimqtt.server.app.start;
