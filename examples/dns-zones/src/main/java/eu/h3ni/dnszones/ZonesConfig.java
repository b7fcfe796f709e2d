// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.dnszones;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of PID {@code eu.h3ni.dns-zones}. */
@ObjectClassDefinition(name = "DNS zones")
public @interface ZonesConfig {

    @AttributeDefinition(description = "Folder that the name server reads; it must exist")
    String folder();
}
