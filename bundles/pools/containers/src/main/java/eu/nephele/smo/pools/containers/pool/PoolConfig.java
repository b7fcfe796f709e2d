// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the file of a pool is, and what it leaves open. */
@ObjectClassDefinition(
        name = "SMO pools: containers",
        description = "Services in containers on plain servers, by one file.")
@interface PoolConfig {

    @AttributeDefinition(
            name = "File",
            description =
                    "The YAML file of the pool, relative to the data directory; it is read when the server starts and on request."
                            + " Empty: pools are made over REST only.")
    String file() default "";

    @AttributeDefinition(name = "Project", description = "Project of the pool and of its graphs.")
    String project() default "containers";

    @AttributeDefinition(name = "Pool", description = "Name of the pool that the file describes.")
    String pool() default "default";

    @AttributeDefinition(
            name = "Default registry",
            description =
                    "Registry of images that name none, with a path where one belongs in front of them: registry.example/shop.")
    String defaultRegistry() default "";

    @AttributeDefinition(
            name = "Backup folders",
            description =
                    "Folders outside of the data directory in which daily copies of the file may be (autoscaler.backup.path), absolute; inside"
                            + " it they are below `backups`.")
    String[] backupFolders() default {};
}
