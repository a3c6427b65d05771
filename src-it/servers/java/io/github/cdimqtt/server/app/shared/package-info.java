/** An application that has the library from the server. */
package io.github.cdimqtt.server.app.shared;
