// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.security;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "SMO intents: security", description = "Where security zones of clusters are found.")
@interface SecurityZoneConfig {

    @AttributeDefinition(name = "Zone label", description = "Label of a cluster that names its security zone.")
    String zoneLabel() default "smo.nephele.eu/security-zone";
}
