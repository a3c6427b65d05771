/** What an application needs where there is no server. */
package io.github.cdimqtt.server.app.launched.alone;
