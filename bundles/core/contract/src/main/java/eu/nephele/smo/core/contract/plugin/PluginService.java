// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Installs, upgrades, stops and removes plugins while the server runs. Changes are operations: stored, done one after
 * the other, done to their end or undone after a crash. Methods throw {@link eu.nephele.smo.api.runtime.SmoException}.
 */
public interface PluginService {

    /** All plugins, by id and version, those that were refused included. */
    List<Plugin> plugins(CallContext call);

    /** All versions of one plugin, highest first. */
    List<Plugin> versions(String id, CallContext call);

    /**
     * Installs a file: admits, starts and examines it, and lets its services be used.
     *
     * @param file a complete jar or zip; moved away, also when it is refused
     * @param name name of the uploaded file, for messages
     * @return the operation; {@code FAILED} with the reason when the plugin is refused
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} when it is no bundle at all; {@code CONFLICT}
     *     when this version is installed with other content (the same content is a replay)
     */
    Operation install(Path file, String name, InstallSource installSource, CallContext call);

    /**
     * Replaces the installed versions: the new one is admitted and examined beside them, rehearses recent decisions,
     * takes over, is watched for its first decisions; then the old ones go. Where any of that fails the new one goes
     * and the old ones stay as they were.
     *
     * @param force also when graphs select versions that would be gone
     * @throws eu.nephele.smo.api.runtime.SmoException also {@code NOT_FOUND} when no version is installed;
     *     {@code CONFLICT} when graphs need a version that would go
     */
    Operation upgrade(String id, Path file, String name, boolean force, CallContext call);

    /**
     * Upgrades to the version that was replaced last, whose content is kept as long as there is free space; the present
     * one is kept in turn.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND} when no content of a replaced version is kept;
     *     as {@link #upgrade} else
     */
    Operation rollback(String id, boolean force, CallContext call);

    /**
     * Forgets versions that were refused or have failed, with their files.
     *
     * @param version all of them when empty
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND} when there are none
     */
    void forget(String id, Optional<String> version, CallContext call);

    /**
     * Takes a plugin out; calls in flight finish first.
     *
     * @param version all versions when empty
     * @param force also when graphs use it; their fallbacks decide from then on
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND}; {@code CONFLICT} that lists the graphs which
     *     use it
     */
    Operation remove(String id, Optional<String> version, boolean force, CallContext call);

    /** Stops a plugin and keeps it. The same conditions as {@link #remove}. */
    Plugin stop(String id, Optional<String> version, boolean force, CallContext call);

    /** Starts a stopped or failed plugin again, with another admission and examination. */
    Plugin start(String id, Optional<String> version, CallContext call);

    /**
     * Graphs that use a plugin: their descriptors ask for what it offers, or their decisions in force were made by it;
     * those that the caller may see.
     */
    List<PluginUse> uses(String id, CallContext call);

    /**
     * @param graph project/name
     * @param how for people: {@code placement strategy acme.cheapest [1.0,2.0)}, {@code decision 01J…}
     */
    record PluginUse(String graph, String how) {}
}
