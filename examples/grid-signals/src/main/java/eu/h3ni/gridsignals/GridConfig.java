// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.gridsignals;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

// docs: config
/** Configuration of the adapter, which does not start without one. */
@ObjectClassDefinition(
        name = "H3NI grid signals",
        description = "Source of carbon intensity and renewable share.")
@interface GridConfig {

    @AttributeDefinition(description = "Address of the table, http or https.")
    String url();

    @AttributeDefinition(description = "Seconds between two polls.", min = "1")
    int refreshSeconds() default 300;

    @AttributeDefinition(description = "Milliseconds after which a poll has failed.", min = "1")
    int timeoutMillis() default 5000;
}
// docs: end
