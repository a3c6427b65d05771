/** An application that is tested within the server. */
package io.github.cdimqtt.server.app.tested;
