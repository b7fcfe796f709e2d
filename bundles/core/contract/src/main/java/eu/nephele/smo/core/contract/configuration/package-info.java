// SPDX-License-Identifier: Apache-2.0
/** Configuration that the running server changes itself. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.configuration;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
