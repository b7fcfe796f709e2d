// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the adapter of the world process. */
@ObjectClassDefinition(
        name = "SMO world process",
        description = "Address of the simulated federation that runs in a process of its own.")
@interface RemoteConfig {

    @AttributeDefinition(description = "Address of the world, http://HOST:PORT")
    String url() default "";

    @AttributeDefinition(description = "How long a connection may take.", min = "1")
    int connectTimeoutMillis() default 1000;

    @AttributeDefinition(description = "How long an answer may take.", min = "1")
    int timeoutMillis() default 5000;

    @AttributeDefinition(description = "How long the world may hold back an answer without changes.", min = "0")
    int pollSeconds() default 10;
}
