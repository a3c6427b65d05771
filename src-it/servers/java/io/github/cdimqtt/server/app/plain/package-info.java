/** An application that knows nothing of the library. */
package io.github.cdimqtt.server.app.plain;
