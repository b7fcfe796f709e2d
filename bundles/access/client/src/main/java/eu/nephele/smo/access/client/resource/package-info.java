// SPDX-License-Identifier: Apache-2.0
/** Calls for each kind of resource. */
@Export
@Version("0.1.0")
package eu.nephele.smo.access.client.resource;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
