/** What runs in containers that are launched for one application. */
package io.github.cdimqtt.server.app.launched;
