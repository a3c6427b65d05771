/** An application that publishes within the transactions of the server's database. */
package io.github.cdimqtt.server.app.shop;
