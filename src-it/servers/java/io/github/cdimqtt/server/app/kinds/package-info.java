/** Beans of every kind that the library looks for in an application; they depend on nothing but the library. */
package io.github.cdimqtt.server.app.kinds;
