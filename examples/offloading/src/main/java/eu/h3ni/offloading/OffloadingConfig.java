// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.offloading;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the hook that carries state. */
@ObjectClassDefinition(name = "H3NI offloading", description = "Place of the state that moves with services.")
@interface OffloadingConfig {

    @AttributeDefinition(description = "Folder with the state of services, from the data directory of the server.")
    String folder() default "h3ni-offloading";
}
