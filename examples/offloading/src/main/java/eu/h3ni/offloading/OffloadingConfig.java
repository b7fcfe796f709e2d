// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.offloading;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the hook that carries state. */
@ObjectClassDefinition(name = "H3NI offloading", description = "Where the state of services is that moves along.")
@interface OffloadingConfig {

    @AttributeDefinition(
            description = "Folder with the state of services, one folder per cluster; empty: in the data area of the bundle.")
    String folder() default "";
}
