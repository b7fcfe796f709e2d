// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the pages in the web console. */
@ObjectClassDefinition(name = "SMO ops: console", description = "The pages SMO and SMO commands of the web console.")
public @interface ConsoleConfig {

    String PID = "eu.nephele.smo.ops.console";

    @AttributeDefinition(name = "Upload limit", description = "Largest plugin that the page takes, in bytes.")
    long uploadLimitBytes() default 67_108_864;

    @AttributeDefinition(
            name = "Waiting",
            description = "How long the page waits for the end of an operation before it shows the progress.")
    int waitSeconds() default 5;

    @AttributeDefinition(
            name = "Command scopes",
            description =
                    "Scopes whose commands the page 'SMO commands' runs. The scope felix can start, stop and install"
                            + " bundles.")
    String[] commandScopes() default {"smo"};
}
