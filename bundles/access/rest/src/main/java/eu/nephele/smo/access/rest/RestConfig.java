// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "SMO access: REST", description = "Limits of the REST interface.")
@interface RestConfig {

    @AttributeDefinition(
            name = "Largest body",
            description = "Bytes of a request body that are read at most; a larger body is answered 413.",
            min = "1024")
    int maxBodyBytes() default 5 * 1024 * 1024;

    @AttributeDefinition(
            name = "Wait of legacy calls",
            description =
                    "Seconds that start, stop, placement and delete at the root wait for their work to end, and deploy for its"
                            + " decision.",
            min = "1",
            max = "600")
    int legacyWaitSeconds() default 30;
}
