/** What the tests deploy. */
package io.github.cdimqtt.server.app;
