/** Beans of an EAR: some in its library, some in each of its WARs. */
package io.github.cdimqtt.server.app.ear;
