// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.settings;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of the plugins. */
@ObjectClassDefinition(
        id = PluginSettings.PID,
        name = "SMO plugins",
        description = "Checks of plugins before they are used.")
public @interface PluginsConfig {
    @AttributeDefinition(
            description = "Signatures of plugins. off: not checked. warn: reported, and a modified file refused."
                    + " require: only plugins signed by a signer in the trust store are admitted.",
            options = {@Option("off"), @Option("warn"), @Option("require")})
    String signature() default "warn";

    @AttributeDefinition(
            description = "Certificates of trusted signers of plugins: a folder of PEM files, or a PKCS #12 or"
                    + " JKS key store; relative to the data directory.")
    String trust() default "etc/trust";

    @AttributeDefinition(
            description =
                    "Reference of the password of the key store, file:PATH or env:NAME; empty to read it without one.",
            required = false)
    String trustPassword() default "";

    @AttributeDefinition(
            description =
                    "Examination by the conformance kit. off: none. warn: reported. require: a plugin that fails is"
                            + " not used.",
            options = {@Option("off"), @Option("warn"), @Option("require")})
    String conformance() default "require";

    @AttributeDefinition(description = "Seconds that the examination of one service may take at most.")
    int conformanceSeconds() default 30;

    @AttributeDefinition(
            description = "Seconds that the first decisions of an upgrade are watched before the old version goes.")
    int proveSeconds() default 5;

    @AttributeDefinition(description = "Decisions after which an upgrade is proven before that time is over.")
    int proveDecisions() default 20;

    @AttributeDefinition(description = "Recorded decisions that an upgrade decides again before it takes over.")
    int rehearseDecisions() default 20;

    @AttributeDefinition(description = "Milliseconds between two polls of the folder of plugins.")
    int pollMillis() default 250;

    @AttributeDefinition(description = "Milliseconds between two polls of a standby for the plugins of the owner.")
    int storePollMillis() default 2000;

    @AttributeDefinition(description = "Milliseconds that a plugin has to offer its first service after its start.")
    int startMillis() default 1_500;

    @AttributeDefinition(description = "Mebibytes that a plugin may have when it is unpacked.")
    int maxUnpackedMiB() default 256;

    @AttributeDefinition(description = "Entries that a plugin may have.")
    int maxEntries() default 30_000;
}
