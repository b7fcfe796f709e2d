// SPDX-License-Identifier: Apache-2.0
/** Plugins: what is installed, how it gets in and out, and the gate between a plugin and the registry of strategies. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
