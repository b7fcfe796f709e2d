// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.gridsignals;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

// docs: config
/** Configuration of the adapter; without one there is no adapter. */
@ObjectClassDefinition(
        name = "H3NI grid signals",
        description = "Where carbon intensity and renewable share come from.")
@interface GridConfig {

    @AttributeDefinition(description = "Address of the table, http or https.")
    String url();

    @AttributeDefinition(description = "Seconds between two looks.", min = "1")
    int refreshSeconds() default 300;

    @AttributeDefinition(description = "Milliseconds after which a look has failed.", min = "1")
    int timeoutMillis() default 5000;
}
// docs: end
