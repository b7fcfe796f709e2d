// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
        name = "SMO profiles",
        description = "What replicas of services can serve, learned while they run.")
@interface ProfilesConfig {

    @AttributeDefinition(
            description =
                    "What becomes of a learned profile: propose waits for a decision, apply counts at once where several"
                            + " numbers of replicas were seen, off learns nothing.",
            options = {@Option(value = "propose"), @Option(value = "apply"), @Option(value = "off")})
    String profilePolicy() default "propose";

    @AttributeDefinition(
            description =
                    "The scaler uses the capacity that is there at this share of the moments; 0.5: the fitted line.",
            min = "0.5",
            max = "0.99")
    double carefulShare() default 0.9;

    @AttributeDefinition(description = "How long measurements count, of those that are kept.", min = "1")
    int memoryHours() default 24;

    @AttributeDefinition(description = "Versions of artifacts that are learned at the same time.", min = "1")
    int maxArtifacts() default 2_000;
}
