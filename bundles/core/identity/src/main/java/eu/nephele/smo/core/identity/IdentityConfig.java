// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "SMO core: identity", description = "Users, API keys and sessions.")
@interface IdentityConfig {

    @AttributeDefinition(
            name = "Hours of a session",
            description = "How long a session counts after a login that asks for no other time.",
            min = "1",
            max = "8760")
    int sessionHours() default 12;

    @AttributeDefinition(
            name = "Most hours of a session",
            description = "The longest that a login may ask for.",
            min = "1",
            max = "8760")
    int maxSessionHours() default 168;

    @AttributeDefinition(
            name = "Sessions per user",
            description = "A further login ends the oldest session of the user.",
            min = "1",
            max = "1000")
    int maxSessionsPerUser() default 20;

    @AttributeDefinition(
            name = "Least characters of a password",
            description = "A shorter new password is refused.",
            min = "8",
            max = "100")
    int minPasswordCharacters() default 12;
}
