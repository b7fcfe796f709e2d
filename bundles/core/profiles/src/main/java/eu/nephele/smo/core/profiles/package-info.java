// SPDX-License-Identifier: Apache-2.0
/** Profiles of services: learned from what is measured, proposed, and applied on confirmation or by policy. */
package eu.nephele.smo.core.profiles;
