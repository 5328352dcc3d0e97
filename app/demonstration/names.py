"""Invented people and firms: first and last names as one hears them in Essonne, and firms by family of trades."""

_FIRST_NAMES = (
    "Aïcha Aminata Amina Adama Ahmed Alexandre Ali Alice Amadou Anaïs Andrea Angélique Antoine Assia Audrey "
    "Aurélie Awa Baptiste Béatrice Bénédicte Bilal Binta Brahim Brigitte Bruno Camille Carine Cédric Céline "
    "Chantal Charlotte Christelle Christophe Claire Corinne Cyril Daniel David Delphine Denis Diana Didier "
    "Djibril Dominique Drissa Edwige Élodie Émilie Emmanuel Éric Estelle Fabien Fabrice Farid Fatima Fatou "
    "Fatoumata Florence Florian Franck Frédéric Gaëlle Gérard Grégory Guillaume Habiba Hakim Halima Hamza Hawa "
    "Hélène Henri Hichem Hugo Ibrahim Ibrahima Inès Ionela Irina Isabelle Issa Jacqueline Jamila Jean Jennifer "
    "Jérémy Jérôme Jessica Joël Julie Julien Kadiatou Kamel Karim Karine Kevin Khadija Laetitia Lamine Laura "
    "Laurent Leïla Léa Lina Loïc Luc Lucie Ludovic Magali Malika Mamadou Manon Marc Marie Marina Marion Martine "
    "Mathieu Maxime Mélanie Mehdi Mélissa Michel Mireille Mohamed Monique Moussa Mustapha Myriam Nabil Nadège "
    "Nadia Nadine Naïma Nathalie Nicolas Nora Odile Olena Olivier Omar Oumar Ousmane Pascal Patricia Patrick Paul "
    "Pauline Philippe Pierre Quentin Rachel Rachid Rania Raphaël Régine Rémi Richard Robert Romain Rosa Sabrina "
    "Said Salima Samia Samir Samuel Sandra Sandrine Sarah Sébastien Séverine Simon Sofia Solange Sonia Sophie "
    "Souleymane Stéphane Stéphanie Sylvie Tarek Thierry Thomas Tigist Valérie Véronique Victor Vincent Virginie "
    "Yacine Yann Yasmine Youssef Yves Zahra Zineb "
)
FIRST_NAMES = tuple(_FIRST_NAMES.split())

LAST_NAMES = (
    "Abadie Abdallah Aït-Ahmed Amrani Andrade Antunes Aubert Bah Bailly Bakayoko Baldé Barbier Barry Bazin Belkacem "
    "Benali Benoît Bernard Berthelot Bertrand Blanc Bonnet Bouaziz Bouchet Boulanger Bourgeois Boyer Brun Camara "
    "Caron Carvalho Chaabane Charpentier Chevalier Cissé Clément Cohen Colin Cordier Costa Coulibaly Cousin D’Almeida "
    "Da Silva David Delmas Denis Deschamps Dia Diaby Diakité Diallo Diarra Diop Diouf Dos Santos Doumbia Dubois Dumas "
    "Dupont Durand El Amrani Essomba Fabre Faure Fernandes Ferreira Fofana Fontaine Fournier François Gaillard Garcia "
    "Garnier Gauthier Gérard Gomes Gomis Gonçalves Guérin Gueye Guillaume Haddad Hamdi Henry Hubert Hussain Jacquet "
    "Joly Kaba Kaddour Kanté Keita Khelifi Koné Konaté Kouassi Kouyaté Lambert Lebrun Leclerc Lefebvre Lefèvre Legrand "
    "Lemaire Leroux Leroy Lopes Lucas Mansouri Marchand Marie Martin Martins Masson Mathieu Mendes Mercier Meunier "
    "Meyer Michel Moreau Morel Moulin N’Diaye N’Guessan Ndiaye Nguyen Nicolas Noël Olivier Ouattara Ouedraogo Perez "
    "Perrin Petit Pham Philippe Picard Pinto Popescu Ramos Renaud Renault Rey Ribeiro Richard Rivière Robert Roche "
    "Rodrigues Rolland Rousseau Roussel Roux Roy Saïdi Sacko Sanogo Sarr Schneider Sidibé Silva Simon Sissoko Soares "
    "Soumaré Sow Sy Sylla Tavares Thomas Touré Tran Traoré Vasseur Vidal Vincent Wagner Weber Wolde Yilmaz Zerrouki"
)
_PARTICLES = ("Aït-Ahmed", "Da Silva", "Dos Santos", "El Amrani")


def last_names() -> list[str]:
    """The list, names of two words kept whole."""
    text = LAST_NAMES
    for name in _PARTICLES:
        text = text.replace(name, name.replace(" ", "_"))
    return [name.replace("_", " ") for name in text.split()]


# Family of trades → words that begin or end the name of a firm.
FIRM_WORDS: dict[str, tuple[str, ...]] = {
    "proprete": ("Propreté", "Nettoyage", "Net Services"),
    "aide-domicile": ("Domicile Services", "Aide à Domicile", "Présence"),
    "enfance": ("Crèches", "Les Petits Pas", "Enfance Services"),
    "sante": ("Résidence", "EHPAD", "Clinique"),
    "restauration": ("Cuisines", "Restauration", "La Table"),
    "hotellerie-linge": ("Hôtel", "Blanchisserie", "Pressing"),
    "gros-oeuvre": ("Bâtiment", "Travaux Publics", "Maçonnerie"),
    "second-oeuvre": ("Peintures", "Rénovation", "Menuiserie"),
    "equipements-batiment": ("Électricité", "Plomberie", "Réseaux"),
    "espaces-verts": ("Espaces verts", "Paysages", "Jardins"),
    "agriculture": ("Maraîchers", "Ferme", "Vergers"),
    "logistique": ("Logistique", "Entrepôts", "Messagerie"),
    "transport": ("Transports", "Mobilités", "Livraison"),
    "commerce": ("Marché", "Boulangerie", "Commerces"),
    "recyclage": ("Recyclage", "Ressourcerie", "Collecte"),
    "industrie": ("Industrie", "Conditionnement", "Mécanique de précision"),
    "textile": ("Couture", "Confection", "Atelier textile"),
    "mecanique": ("Garage", "Automobiles", "Cycles"),
    "securite": ("Sécurité", "Gardiennage", "Prévention"),
    "bureau": ("Services aux entreprises", "Accueil", "Bureautique"),
    "social": ("Solidarités", "Médiation", "Association d’entraide"),
    "autres-metiers": ("Services", "Ateliers", "Entreprise"),
}

# Family of trades → how often people want it and firms look for it, in the demonstration.
FAMILY_WEIGHTS: dict[str, int] = {
    "proprete": 18, "aide-domicile": 13, "restauration": 12, "logistique": 12, "gros-oeuvre": 7, "second-oeuvre": 6,
    "espaces-verts": 6, "commerce": 6, "enfance": 5, "transport": 4, "hotellerie-linge": 4, "recyclage": 4,
    "industrie": 4, "sante": 3, "securite": 3, "bureau": 3, "equipements-batiment": 2, "textile": 2, "mecanique": 2,
    "agriculture": 2, "social": 1, "autres-metiers": 0,
}  # fmt: skip

OWN_WORDS = (
    "J’aime travailler en équipe.",
    "Je préfère travailler seule le matin.",
    "J’ai aidé mon oncle sur des chantiers pendant deux ans.",
    "Je veux apprendre un métier.",
    "J’ai déjà fait ce travail dans mon pays.",
    "Je suis ponctuel et je n’ai pas peur de l’effort.",
    "Je cherche près de chez moi, à cause des bus.",
    "J’ai gardé les enfants de mes voisins.",
    "Je sais cuisiner pour beaucoup de monde.",
    "Avant, j’étais caissière pendant six ans.",
)
