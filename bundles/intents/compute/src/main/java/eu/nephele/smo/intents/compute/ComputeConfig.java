// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.compute;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Values of the resource classes of a descriptor. Each class is one {@code name=quantity}, quantities as in Kubernetes. */
@ObjectClassDefinition(
        name = "SMO intents: compute",
        description = "What the classes of deployment.intent.compute mean. A class added here can be used at once.")
@interface ComputeConfig {

    @AttributeDefinition(name = "CPU classes", description = "name=cores per replica, for example light=500m")
    String[] cpuClasses() default {"light=500m", "small=1", "medium=4", "large=8"};

    @AttributeDefinition(name = "RAM classes", description = "name=memory per replica, for example small=1GiB")
    String[] ramClasses() default {"light=500MiB", "small=1GiB", "medium=2GiB", "large=8GiB"};

    @AttributeDefinition(name = "Storage classes", description = "name=storage per replica, for example small=10GB")
    String[] storageClasses() default {"small=10GB", "medium=20GB", "large=40GB"};

    @AttributeDefinition(name = "Default RAM class", description = "class of a service that names no ram")
    String defaultRam() default "small";

    @AttributeDefinition(name = "Default storage class", description = "class of a service that names no storage")
    String defaultStorage() default "small";
}
