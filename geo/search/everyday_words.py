"""Everyday words: everyday words in English and Spanish, and the types of service they ask for.

Written as people say it, accents and all; compared without accents, capitals and little words,
so "a place to sleep" is kept as "place sleep". To add a word, add it to a block below.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from geo.spelling import fold, spoken_words

# Words that say nothing about what is looked for.
_LITTLE = """
    a about all also am an and any anybody anyone are around as at available be because been
    but by can cant close closest could did do does dont for from get getting go going got had
    has have he help helping her here hers hes him his how i ill im in into is it its ive just
    know let like local looking look may me might mine my near nearby nearest need needs now of off
    on open or our ours out place places please pls program programs right see seek she should so
    some somebody someone something somewhere service services thank thanks that the their
    them there they theyre this those to today tonight too try trying until up us very want wants
    wanna gonna gotta was we were what whats when where wheres which who whom why will with would
    you your youre havent hasnt hadnt isnt arent wasnt werent doesnt didnt wont wouldnt couldnt
    shouldnt theyve weve thats theres hello hi
    abierta abierto abiertos ahora ahorita al algo alguien alguna algun aqui ayuda ayudar ayuden
    buscando buscar busco cerca cercana cercano como con conseguir cual cuando da dan de del
    donde el ella ellos en encontrar encuentro eres es esa ese eso esta estan estar este esto estoy
    estos favor gracias gustaria ha habla hablan hay hola hoy ir la las le les lo los lugar
    lugares mas me mi mis muy necesita necesitamos necesito nos nosotros nuestra nuestro o obtener
    para pero poder por porque programa programas pueda puede pueden puedo que quien quiero
    quisiera se ser servicio servicios si sobre solo soy su sus tambien te tener tengo tenemos ti
    tiene tienen tu tus un una unas uno unos usted ustedes vamos voy y ya yo
"""
STOP_WORDS = frozenset(_LITTLE.split())

# Words that count as part of a phrase ("sin hogar", "husband hits me") but say little alone.
_MODEST = """
    no not without never give giving take takes taking took make makes pay pays paying live lives
    living lost lose apply sign call hurt hurts being feel feeling people person husband wife
    boyfriend girlfriend partner spouse friend stepdad stepmom
    day days night nights morning afternoon week weeks month months year years hour hours ago
    since every each other another only own really still again much many more most lot less old new
    good best kind sort way thing things anything nothing everything last next later soon before
    after between over under off then than such urgent urgently asap talk speak speaks speaking
    accept accepts accepting friendly office offices center centers group groups support application
    high
    sin nunca dar tomar llevar hacer pagar pago llamar aplicar vivo vive vivir perdi duele siento
    gente persona personas esposo esposa marido novio novia pareja amigo amiga padrastro madrastra
    noche noches dia dias manana tarde semana semanas mes meses ano anos hora horas hace desde
    cada otro otra otros otras todo toda todos todas mucho mucha muchos muchas menos nuevo nueva
    bueno buena mejor tipo cosa cosas nada luego despues antes entre urgente pronto hablar hable
    hablen acepta aceptan acepte acepten oficina oficinas centro centros grupo grupos apoyo
    solicitud
    buenos buenas
"""
MODEST_WORDS = frozenset(_MODEST.split())

_TYPES = {
    "food": """
        food, foods, food bank, food pantry, food box, food distribution, pantry, hungry, hunger,
        starving, eat, groceries, grocery, meal, meals, hot meal, free meal, breakfast, lunch,
        dinner, soup kitchen, meals on wheels, calfresh, cal fresh, food stamps, foodstamps, snap,
        ebt, wic, baby formula, something to eat, eaten, ate, comido, formula, milk, nutrition,
        comida, comidas, comida caliente, alimento, alimentos, alimentación, despensa, despensas,
        banco de comida, banco de alimentos, hambre, hambriento, comer, comedor, comedores, mandado,
        abarrotes, víveres, provisiones, desayuno, almuerzo, cena, estampillas, estampillas de
        comida, cupones, cupones de alimentos, cupones de comida, leche, leche de fórmula,
        nutrición, fruta, verduras
        """,
    "basic_needs": """
        clothes, clothing, shoes, coat, jacket, blanket, blankets, sleeping bag, shower, showers,
        wash, bath, bathroom, restroom, toilet, laundry, laundromat, hygiene, soap, toothbrush,
        tampons, pads, diaper, diapers, wipes, rent, rental assistance, rent money, back rent, bill,
        bills, utilities, utility, utility bill, light bill, electric bill, electricity bill,
        power bill, electricity, gas bill,
        water bill, power shut off, heap, liheap, deposit, furniture, household items, bus pass,
        bus tickets, gas card, transportation, ride, rides, cash, cash aid, money, welfare,
        benefits, calworks, general assistance, general relief, financial help, emergency money,
        thrift, backpack, school supplies, mail, mailing address, storage, charge my phone, 211,
        ropa, zapatos, chamarra, abrigo, cobija, cobijas, cobertor, regadera, regaderas, ducha,
        duchas, ducharme, bañarme, bañar, baño, baños, lavandería, lavar ropa, higiene, jabón,
        pañal, pañales, toallitas, toallas femeninas, renta, pagar la renta, alquiler, luz, recibo,
        recibos, recibo de luz, pagar la luz, electricidad, agua, recibo de agua, recibo de gas,
        biles, cuentas, depósito, muebles, transporte, pase de autobús, camión, dinero, efectivo,
        beneficios, asistencia pública, ayuda económica, ayuda financiera, ayuda en efectivo,
        mochila, útiles, útiles escolares, correo, hot shower, hot showers, cooling center,
        cool center, cool off, hot, heat, heat wave,
        calor, hace calor, mucho calor, muriendo de calor, fresco, centro de enfriamiento,
        social security, seguro social, computer, computers, internet, wifi, wi fi, library,
        libraries, printer, computadora, computadoras, biblioteca, bibliotecas, imprimir, id,
        id card,
        identification, birth certificate, identificación, acta de nacimiento
        """,
    "shelter": """
        shelter, shelters, homeless, homelessness, houseless, unhoused, sleep, sleeping, bed, beds,
        roof, housing, apartment, affordable housing, low income housing, section 8,
        housing voucher, motel voucher, motel, hotel, hotel voucher, transitional housing,
        warming center,
        cooling center, cold, freezing, frío, hace frío,
        nowhere to go, nowhere to stay, no home, no house, place to stay, somewhere to stay, stay
        tonight, living in my car, sleeping in my car, live in my car, living on the street,
        sleeping outside, kicked out, kicked me out, kicking me out, parents kicked me out,
        lost my home, lost my house, couch surfing,
        encampment, tent, rapid rehousing, navigation center, womens shelter, family shelter, youth
        shelter, albergue, albergues, refugio, refugios, dormir, techo, sin techo, sin hogar, sin
        casa, desamparado, desamparados, indigente, cama, camas, vivienda, viviendas, apartamento,
        departamento, sección 8, vivo en mi carro, vivir en mi carro, vivo en la calle, vivir en la
        calle, quedarme, no tengo casa, me corrieron de la casa, me echaron de la casa,
        me van a correr, correr de mi casa, hospedaje,
        posada, perdí mi casa, refugio para mujeres, albergue para mujeres, shelter for women,
        centro de calentamiento
        """,
    "clinic": """
        clinic, clinics, doctor, doctors, doc, physician, nurse, medical, medical care, health care,
        healthcare, health center, primary care, family doctor, checkup, physical exam,
        dentist, dentists, dental, teeth, tooth, toothache, tooth hurts, tooth pain, gums,
        medicine, medicines, medication,
        medications, meds, prescription, prescriptions, refill, pharmacy, vaccine, vaccines,
        vaccination, shots, flu, flu shot, covid, sick, fever, cough, pain, wound, infection,
        diabetes, insulin, blood pressure, asthma, tuberculosis, tb, xray, x ray, lab work, blood
        test, eye doctor, eyes, glasses, vision, pediatrician, obgyn, ob gyn, gynecologist,
        pregnant, pregnancy, pregnancy test, prenatal, midwife, birth control, abortion, urgent
        care, medi cal, medicaid, medicare, medical insurance, health insurance, uninsured,
        no insurance, covered
        california, wound care, hormones,
        clínica, clínicas, doctora, doctores, médico, médica, médicos, enfermera, enfermero,
        enfermo, enferma, enfermedad, atención médica, cuidado médico, cuidado de salud, centro de
        salud, salud, consulta, consultorio, chequeo, examen físico, dentista, dentistas,
        diente, dientes, muela, muelas, dolor de muela, medicina, medicinas, medicamento,
        medicamentos, receta, recetas, farmacia, vacuna, vacunas, vacunación, inyección, gripe,
        gripa, fiebre, tos, dolor, herida, infección, insulina, presión, presión alta, asma, ojos,
        lentes, vista, pediatra, ginecóloga, ginecólogo, embarazada, embarazo, prueba de embarazo,
        partera, anticonceptivos, aborto, cuidado urgente, seguro médico, seguro de salud, sin
        seguro, no tengo seguro
        """,
    "hospital": """
        hospital, hospitals, er, emergency room, emergency department, emergency, urgent care,
        ambulance, surgery, operation, heart attack, stroke, broken bone, bleeding, trauma center,
        give birth, giving birth, labor and delivery, maternity,
        hospitales, urgencias, sala de urgencias, emergencia, emergencias, sala de emergencia, sala
        de emergencias, cuarto de emergencia, ambulancia, cirugía, operación, infarto, ataque al
        corazón, derrame, fractura, sangrado, parto, dar a luz, maternidad
        """,
    "sexual_health": """
        hiv, hiv test, aids, sti, stis, std, stds, std test, condom, condoms, test, tests, testing,
        get tested, prep, pep, syphilis, gonorrhea, chlamydia, herpes, hpv, hepatitis, hep c,
        sexual health, birth control, contraception, contraceptive, iud, plan b, morning after pill,
        pregnancy test, abortion, planned parenthood, reproductive health, family planning,
        vih, sida, ets, condón, condones, preservativo, preservativos, prueba, pruebas, prueba
        de vih, examen de vih, sífilis, gonorrea, clamidia, papiloma, salud sexual,
        anticonceptivo, anticonceptivos, píldora, pastilla del día después, prueba de embarazo,
        aborto, planificación familiar, enfermedades venéreas, venérea
        """,
    "mental_health": """
        talk to someone, someone to talk to, hablar con alguien, suicide, suicidal, want to die,
        die, kill myself, killing myself, hurt myself, end my life,
        self harm, cutting, depression, depressed, sad, lonely, hopeless, anxiety, anxious, panic,
        panic attack, stress, stressed, worry, nervous breakdown, counseling, counselling,
        counselor, counselors, therapy, therapist, psychologist, psychiatrist, psychiatric, mental,
        mental health, mental illness, behavioral health, crisis, grief, trauma, ptsd, bipolar,
        schizophrenia, hearing voices, eating disorder, anger, anger management,
        suicidio, suicidar, suicidarme, suicida, morir, morirme, matar, matarme, quitarme la vida,
        hacerme daño,
        lastimarme, depresión, deprimido, deprimida, triste, tristeza, soledad, ansiedad, ansioso,
        ansiosa, pánico, ataque de pánico, estrés, nervios, consejería, consejero, consejera,
        terapia, terapias, terapeuta, psicólogo, psicóloga, psiquiatra, psiquiátrico, salud mental,
        salud conductual, duelo, esquizofrenia, oigo voces, enojo, desahogarme
        """,
    "substance_use": """
        detox, dope sick, drug rehab, 12 step, 12 steps, twelve step, rehab, rehabilitation,
        sober, sobriety, sober living, recovery, recovery home, drug,
        drugs, drug treatment, drug abuse, substance abuse, substance use, addict, addicted,
        addiction, alcohol, alcoholic, alcoholism, alcohol treatment, alcoholics anonymous, aa,
        narcotics anonymous, na, drinking, drinking problem, drinks, drinks too much, drunk,
        quit drinking, stop drinking,
        stop using, using, meth, crystal meth, heroin, cocaine, crack, opioid, opioids,
        opiates, pills, fentanyl, withdrawal, methadone, suboxone, buprenorphine, mat, overdose,
        dui, dui class, residential treatment, relapse, quit smoking, tobacco, vaping,
        droga, drogas, abuso de drogas, abuso de sustancias, uso de sustancias, adicto, adicta,
        adicción, adicciones, alcohólico, alcoholismo, alcohólicos anónimos, narcóticos anónimos,
        borracho, toma mucho, tomando mucho, bebe mucho, tomar alcohol, dejar de tomar,
        dejar las drogas, beber, desintoxicación,
        desintoxicar, desintoxicarme, rehabilitación, recuperación, sobriedad, sobrio, metadona,
        heroína, cocaína, cristal, metanfetamina, pastillas, opioides, fentanilo, recaída, tabaco,
        dejar de fumar, 12 pasos, doce pasos
        """,
    "harm_reduction": """
        needle, needles, needle exchange, clean needles, syringe, syringes, syringe exchange,
        syringe services, sharps, sharps disposal, narcan, naloxone, overdose, od, fentanyl, test
        strips, fentanyl strips, drug checking, pipes, harm reduction, safe use, safer use,
        safer drug use, safe
        injection, never use alone, use alone, inject, injecting, wound care,
        aguja, agujas, agujas limpias, jeringa, jeringas, jeringas limpias, jeringuilla,
        jeringuillas, intercambio de jeringas, intercambio de agujas, naloxona, sobredosis,
        fentanilo, tiras de fentanilo, tiras reactivas, reducción de daños, uso seguro, uso más
        seguro, uso de drogas con menos riesgo, inyectarme, inyectarse
        """,
    "domestic_violence": """
        abuse, abused, abusive, abuser, domestic abuse, domestic violence, dv, violence, violent,
        husband hits me, wife hits me, boyfriend hits me, girlfriend hits me, partner hits me, hits
        me, hit me, hitting, hitting me, beats me, beat me, beating me, beating, beaten, hurts me,
        choked me, battered, safe
        house, safehouse, womens shelter, unsafe at home, not safe at home, restraining order,
        protective order, rape, raped, sexual assault, sexually assaulted, sexual abuse, molested,
        stalker, stalking, threatened, threatens me, scared of my husband, scared of my partner,
        scared, afraid, escape, leave my husband, controlling, survivor, survivors, victim, victims,
        child abuse, elder abuse, harassment,
        abuso, abusada, abusado, abusivo, abuso sexual, abuso infantil, golpe, golpes, golpea,
        golpeada, golpeado, golpiza, me golpea, me golpean, me pega, me pegan, mi esposo me pega,
        mi marido me pega, mi pareja me pega, me lastima, maltrato, maltratos, maltrata, maltratada,
        maltratado, violencia, violencia doméstica, violencia familiar, violencia en el hogar, casa
        segura, refugio para mujeres, orden de restricción, orden de protección, violación, violada,
        violaron, agresión sexual, acoso, acosador, amenaza, amenazas, me amenaza, miedo, escapar,
        sobreviviente, sobrevivientes, víctima, víctimas,
        hitting, hitting me, beating, pegó, me pegó, golpeó, me golpeó, golpear, golpeando, pegando
        """,
    "trafficking": """
        trafficking, trafficked, human trafficking, sex trafficking, labor trafficking, forced work,
        forced to work, forced labor, forced, pimp, prostitution, prostitute, sex work, sex worker,
        slavery, modern slavery, exploited, exploitation, sold, they took my passport, boss took my
        passport, took my papers, took my passport, cannot leave my job, cant leave my job, held
        against my will, debt bondage, missing child,
        trata, trata de personas, trata de blancas, tráfico, tráfico de personas, tráfico humano,
        trabajo forzado, trabajo forzoso, trabajos forzados, obligan a trabajar, me obligan a
        trabajar, padrote, proxeneta, prostitución, prostituta, trabajo sexual, trabajadora sexual,
        esclavitud, explotación, explotada, explotado, me quitaron el pasaporte, me quitaron los
        papeles, no me dejan salir
        """,
    "legal_aid": """
        legal, legal aid, legal help, legal services, legal advice, lawyer, lawyers, attorney,
        attorneys, paralegal, notary, law, law library, evict, evicted, eviction, eviction notice,
        kicked out, kicking me out, probation, parole, landlord, tenant, tenants, tenant rights,
        renters rights,
        rights, court, court papers, sued, lawsuit, small claims, divorce, custody, child custody,
        child support, guardianship, restraining order, power of attorney, expungement, expunge,
        clear my record, criminal record, public defender, arrested, warrant, ticket, tickets, wage
        theft, unpaid wages, my boss did not pay me, not paid, workers rights, labor rights, fired,
        discrimination, debt, debts, bankruptcy, victim compensation, self help center, ssi, ssi
        appeal, disability rights, fair housing,
        legales, ayuda legal, servicios legales, asesoría legal, abogado, abogada, abogados, ley,
        leyes, notario, desalojo, desalojos, desalojar, desalojado, me quieren desalojar, aviso de
        desalojo, casero, dueño, arrendador, inquilino, inquilinos, derechos, corte, tribunal, juez,
        demanda, demandar, demandado, divorcio, custodia, custodia de mis hijos, manutención,
        tutela, orden de restricción, antecedentes, antecedentes penales, arrestado,
        multa, multas, robo de salario, robo de sueldo, no me pagan, no me pagaron, salario,
        derechos laborales, despedido, despidieron, discriminación, deuda, deudas, bancarrota,
        defensor público, vivienda justa, libertad condicional, me van a correr, correr de mi casa
        """,
    "immigration": """
        immigration, immigrant, immigrants, migrant, migrants, visa, visas, u
        visa, t visa, asylum, asylum seeker, refugee, refugees, green card, residency, citizenship,
        citizenship classes, citizen, naturalization, daca, dreamer, dreamers, tps, work permit,
        undocumented, without papers, no papers, ice, ice raid, raid, raids, border patrol,
        deport, deported, deportation, detained, detention, know your rights, family petition,
        inmigración, migración, inmigrante, inmigrantes, migrante, migrantes, emigrar, migra,
        la migra, papeles, sin papeles, arreglar papeles, asilo, asilo político,
        refugiado, refugiados, residencia, tarjeta verde, mica, ciudadanía, ciudadano, clases de
        ciudadanía, naturalización, permiso de trabajo, indocumentado, indocumentada,
        indocumentados, redada, redadas, patrulla fronteriza, deportar, deportado, deportaron,
        deportación, detenido, detenidos, detención, conozca sus derechos, petición familiar
        """,
    "family_resource": """
        family, families, family help, family resource, parent, parents, parenting, parenting class,
        mom, moms, mother, mothers, single mom, single mother, dad, dads, father, fathers, pregnant,
        baby, babies, newborn, toddler, preschool, child care, childcare, daycare, day care,
        babysitter, head start, first 5, foster, foster parent, cps, grandparents, diapers, car
        seat, crib, home visiting, english class, english classes, esl,
        familia, familias, ayuda para familias, padre, padres, papá, papás, mamá, mamás, madre,
        madres, madre soltera, crianza, clases para padres, embarazada, bebé, bebés, recién nacido,
        cuidado de niños, cuidado infantil, guardería, guarderías, preescolar, niñera, abuelos,
        pañales, asiento de carro, cuna, clases de inglés
        """,
    "youth": """
        youth, kid, kids, child, children, son, daughter, boy, boys, girl, girls, teen, teens,
        teenager, teenagers, adolescent, adolescents, minor, minors, young, young people, young
        adult, young adults, runaway, runaways, ran away, foster, foster youth, foster care, child
        abuse, after school, afterschool, school, student, students, tutoring, mentor, mentoring,
        youth shelter, parents kicked me out, boys and girls club, child care, daycare,
        head start, missing child,
        niño, niños, niña, niñas, hijo, hijos, hija, hijas, menor, menores, infantil, infancia,
        chicos, muchachos, muchacho, muchacha, adolescente, adolescentes, joven, jóvenes, juventud,
        juvenil, escapado de casa, hogar de crianza, abuso infantil, después de la escuela, escuela,
        estudiante, estudiantes, tutoría, cuidado de niños, guardería
        """,
    "lgbtq": """
        gay, lesbian, lesbians, trans, transgender, transsexual, queer, bisexual, bi, lgbt, lgbtq,
        lgbtqia, nonbinary, non binary, two spirit, pride, pride center, gender, gender
        affirming, gender identity, pronouns, hormones, same sex,
        lesbiana, lesbianas, transgénero, transexual, homosexual, no binario, no binaria, orgullo,
        diversidad sexual, identidad de género, género, salir del clóset, hormonas
        """,
    "job_training": """
        job, jobs, job training, job search, job center, work, employment, employer, unemployed,
        unemployment, hiring, hire, career, careers, resume, interview, interview clothes, training,
        vocational, trade school, apprenticeship, apprentice, internship, ged, high school diploma,
        adult school, adult education, computer class, computer classes, skills, workforce, esl,
        english class, english classes, reentry, after jail, after prison, jail, prison, felon,
        felons, felony, cárcel, prisión,
        trabajo, trabajos, trabajar, busco trabajo, empleo, empleos, bolsa de trabajo, chamba, jale,
        desempleo, desempleado, desempleada, contratan, contratando, carrera, currículum,
        entrevista, capacitación, entrenamiento, formación, oficio, aprendiz, aprendizaje, escuela
        de adultos, educación de adultos, preparatoria, clases de computación, clases de inglés,
        habilidades, reinserción
        """,
    "hotline": """
        hotline, hotlines, phone and text lines, helpline, crisis line, warm line, warmline,
        phone line, text line,
        línea, líneas, línea de ayuda, línea de crisis
        """,
}

# Phrases that mean the same, whatever the type: a place whose record says one fits the others.
_SAME = """
    elderly, senior, seniors, older adult, older adults, older people, aging, ancianos, anciano,
        adulto mayor, adultos mayores, personas mayores, tercera edad;
    veteran, veterans, vet, vets, military, veterano, veteranos, militar;
    disabled, disability, disabilities, handicapped, discapacidad, discapacidades, discapacitado;
    deaf, hard of hearing, sordo, sorda;
    pregnant, pregnancy, expecting, prenatal, embarazada, embarazadas, embarazo;
    farmworker, farmworkers, farm worker, farm workers, field workers, campesino, campesinos,
        trabajadores agrícolas, trabajadores del campo;
    woman, women, mujer, mujeres;
    man, men, hombre, hombres;
    medi cal, medicaid;
    food stamps, calfresh, cal fresh, snap, ebt, estampillas, estampillas de comida, cupones,
        cupones de comida, cupones de alimentos;
    wic, formula, baby formula, leche de fórmula;
    lawyer, attorney, legal, abogado, abogada;
    doctor, physician, médico, médica, doctora;
    dentist, dental, dentista, teeth, tooth, toothache, tooth hurts, tooth pain, dientes, diente,
        muela, muelas, dolor de muela;
    vaccine, vaccines, vaccination, immunization, immunizations, shots, vacuna, vacunas;
    rent, rental assistance, renta, alquiler;
    shower, showers, hot shower, hot showers, ducha, duchas, regadera, regaderas, ducharme, bañarme;
    diaper, diapers, pañal, pañales;
    clothes, clothing, ropa;
    laundry, lavandería, lavar ropa;
    electricity, electricity bill, power bill, electric bill, light bill, utilities, utility bill,
    heap, liheap, luz, recibo de
        luz, electricidad;
    hiv, hiv test, aids, vih, sida, prueba de vih;
    syringe, syringes, needle, needles, clean needles, syringe exchange, needle exchange, jeringa,
        jeringas, aguja, agujas;
    narcan, naloxone, naloxona;
    methadone, metadona;
    suboxone, buprenorphine, buprenorfina;
    detox, dope sick, withdrawal, desintoxicación, desintoxicar;
    aa, 12 step, 12 steps, twelve step, 12 pasos, doce pasos, alcoholics anonymous,
    alcohólicos anónimos;
    eviction, evict, evicted, eviction notice, landlord, tenant, tenants, desalojo, desalojar,
        desalojado, aviso de desalojo, me quieren desalojar, casero, inquilino, inquilinos;
    rape, raped, sexual assault, sexually assaulted, violación, violada, violaron, me violaron,
    agresión sexual;
    restraining order, protective order, orden de restricción, orden de protección;
    deportation, deport, deported, deportación, deportar, deportado;
    citizenship, naturalization, ciudadanía, naturalización;
    glasses, eye doctor, vision, lentes, vista;
    birth control, contraception, contraceptive, family planning, anticonceptivo, anticonceptivos,
        planificación familiar;
    counseling, counselor, therapy, therapist, consejería, consejero, consejera, terapia, terapeuta;
    womens shelter, shelter for women, refugio para mujeres, albergue para mujeres;
    suicide, suicidal, want to die, die, kill myself, killing myself, end my life, suicidio,
        suicidar, suicidarme, morir, morirme, matar, matarme, quitarme la vida;
    violence, domestic violence, husband hits me, wife hits me, boyfriend hits me,
        girlfriend hits me, partner hits me, hits me, beats me, hurts me, me pega, me pegan,
        me golpea, me pegó, me golpeó, hitting me, mi esposo me pega, mi marido me pega,
        mi pareja me pega, violencia,
        violencia doméstica, violencia en el hogar;
    child care, childcare, daycare, guardería, cuidado de niños;
    pantry, food pantry, despensa;
    groceries, grocery, mandado, abarrotes;
    meal, meals, hot meal, comida caliente, comedor;
    cooling center, cool center, cool off, heat, hot, heat wave, calor, hace calor, mucho calor,
        muriendo de calor, fresco, centro de enfriamiento;
    warming center, cold, freezing, frío, hace frío, centro de calentamiento;
    no id, without id, no papers or id, no documents, sin identificación, sin documentos,
        sin papeles ni identificación;
    dog, dogs, pet, pets, cat, cats, animals, perro, perros, mascota, mascotas, gato, gatos;
    sunday, sundays, weekend, weekends, domingo, domingos, fin de semana;
    std, stds, sti, stis, std test, sti test, sexually transmitted, sexual infections, ets,
        enfermedades venéreas, transmisión sexual;
    ged, high school diploma, adult school, adult education, escuela de adultos,
        educación de adultos, preparatoria;
    free, no cost, at no cost, free of charge, gratis, gratuito, gratuita, sin costo;
    low cost, cheap, affordable, sliding scale, bajo costo, barato, económico;
    low income, bajos ingresos, bajos recursos;
    uninsured, without insurance, no insurance, sin seguro, sin seguro médico;
    native american, native americans, american indian, indigenous, tribal, tribe, indígena,
        indígenas, nativo americano, nativos americanos;
    indigenous language, mixteco, mixtec, triqui, zapoteco, purépecha;
    spanish, speaks spanish, in spanish, español, en español;
    english, speaks english, inglés;
    interpreter, interpreters, translator, intérprete, intérpretes, traductor;
    24 hours, 24 hour, 24 7, around the clock, all night, open late, 24 horas, toda la noche;
    computer, computers, computadora, computadoras;
    wifi, wi fi, internet, wireless;
    library, libraries, biblioteca, bibliotecas;
    church, iglesia;
    mobile, mobile clinic, van, móvil, unidad móvil;
    reentry, re entry, reinserción, jail, prison, incarcerated, formerly incarcerated, felon,
    felons,
        cárcel, prisión;
    county, condado;
    caregiver, caregivers, cuidador, cuidadores
"""

# Words that ask for a type as such: every place of it answers them. Any other word asks for one
# thing, which a place of the type may or may not give: then what a record says comes first.
_GENERAL = """
    food, foods, hungry, hunger, starving, eat, eaten, ate, comido, groceries, grocery,
    comida, comidas, alimento, alimentos, alimentación, hambre, hambriento, comer, mandado,
    abarrotes, víveres, provisiones;
    211, welfare, benefits, financial help, beneficios, asistencia pública, ayuda económica;
    shelter, shelters, homeless, homelessness, houseless, unhoused, sleep, sleeping, bed, beds,
    roof, housing, apartment, nowhere to go, nowhere to stay, no home, no house, place to stay,
    somewhere to stay, stay tonight, living in my car, sleeping in my car, live in my car,
    living on the street, sleeping outside, kicked out, kicked me out, kicking me out,
    parents kicked me out, lost my home, lost my house, couch surfing, encampment, tent,
    albergue, albergues, refugio, refugios, dormir, techo, sin techo, sin hogar, sin casa,
    desamparado, desamparados, indigente, cama, camas, vivienda, viviendas, apartamento,
    departamento, vivo en mi carro, vivir en mi carro, vivo en la calle, vivir en la calle,
    quedarme, no tengo casa, me corrieron de la casa, me echaron de la casa, me van a correr,
    correr de mi casa, hospedaje, posada, perdí mi casa;
    clinic, clinics, doctor, doctors, doc, physician, nurse, medical, medical care, health care,
    healthcare, health center, primary care, family doctor, checkup, physical exam, medicine,
    sick, flu, fever, cough, pain, wound, infection, diabetes, blood pressure, asthma,
    clínica, clínicas, doctora, doctores, médico, médica, médicos, enfermera, enfermero, enfermo,
    enferma, enfermedad, atención médica, cuidado médico, cuidado de salud, centro de salud, salud,
    consulta, consultorio, chequeo, examen físico, gripe, gripa, fiebre, tos, dolor, herida,
    infección, presión, presión alta, asma;
    hospital, hospitals, er, emergency room, emergency department, emergency, urgencias,
    sala de urgencias, emergencia, emergencias, sala de emergencia, sala de emergencias,
    cuarto de emergencia, hospitales, heart attack, stroke, broken bone, bleeding, infarto,
    ataque al corazón, derrame, fractura, sangrado, surgery, cirugía, ambulance, ambulancia;
    sexual health, reproductive health, salud sexual;
    crisis, depression, depressed, sad, lonely, hopeless, anxiety, anxious, panic, panic attack,
    stress, stressed, worry, nervous breakdown, mental, mental health, mental illness,
    behavioral health, grief, trauma, ptsd, bipolar, schizophrenia, hearing voices, self harm,
    cutting, hurt myself, anger, counseling, counselling, therapy, therapist, psychologist,
    suicide, suicidal, want to die, die, kill myself, killing myself, end my life,
    talk to someone, hablar con alguien,
    suicidio, suicidar, suicidarme, suicida, morir, morirme, matar, matarme, quitarme la vida,
    hacerme daño,
    lastimarme, depresión, deprimido, deprimida, triste, tristeza, soledad, ansiedad, ansioso,
    ansiosa, pánico, ataque de pánico, estrés, nervios, consejería, terapia, terapias, psicólogo,
    psicóloga, salud mental, salud conductual, duelo, esquizofrenia, oigo voces, enojo, desahogarme;
    rehab, drug rehab, rehabilitation, sober, sobriety, recovery, drug, drugs, drug treatment,
    drug abuse, substance abuse, substance use, addict, addicted, addiction, alcohol, alcoholic,
    alcoholism, alcohol treatment, drinking, drinking problem, drinks, drunk, quit drinking,
    stop drinking,
    stop using, using, meth, crystal meth, heroin, cocaine, crack, opioid, opioids, opiates, pills,
    relapse, droga, drogas, abuso de drogas, abuso de sustancias, uso de sustancias, adicto, adicta,
    adicción, adicciones, alcohólico, alcoholismo, borracho, toma mucho, tomando mucho, bebe mucho,
    tomar alcohol, dejar de tomar,
    dejar las drogas, beber, rehabilitación, recuperación, sobriedad, sobrio, heroína, cocaína,
    cristal, metanfetamina, pastillas, opioides, recaída;
    harm reduction, safe use, safer use, safer drug use, uso de drogas con menos riesgo,
    reducción de daños, uso seguro, uso más seguro;
    abuse, abused, abusive, abuser, domestic abuse, domestic violence, dv, violence, violent,
    husband hits me, wife hits me, boyfriend hits me, girlfriend hits me, partner hits me, hits me,
    hit me, hitting, hitting me, beating, pegó, me pegó, golpeó, me golpeó, golpear, golpeando,
    pegando, beats me, beat me, beating me, beaten, hurts me, choked me, battered, safe house,
    safehouse, unsafe at home, not safe at home, stalker, stalking, threatened, threatens me,
    scared of my husband, scared of my partner, scared, afraid, escape, leave my husband,
    controlling, survivor, survivors, victim, victims,
    abuso, abusada, abusado, abusivo, golpe, golpes, golpea, golpeada, golpeado, golpiza, me golpea,
    me golpean, me pega, me pegan, mi esposo me pega, mi marido me pega, mi pareja me pega,
    me lastima, maltrato, maltratos, maltrata, maltratada, maltratado, violencia,
    violencia doméstica, violencia familiar, violencia en el hogar, casa segura, acoso, acosador,
    amenaza, amenazas, me amenaza, miedo, escapar, sobreviviente, sobrevivientes, víctima, víctimas;
    legal, legal aid, legal help, legal services, legal advice, lawyer, lawyers, attorney,
    attorneys, paralegal, rights, sued, lawsuit, legales, ayuda legal, servicios legales,
    asesoría legal, fired, despedido, despidieron, abogado, abogada, abogados, ley, leyes,
    derechos, demanda, demandado;
    immigration, immigrant, immigrants, migrant, migrants, undocumented,
    without papers, no papers, ice, ice raid, raid, raids, border patrol, deport, deported,
    deportation, detained, detention, inmigración, migración, inmigrante, inmigrantes, migrante,
    migrantes, migra, la migra, papeles, sin papeles, arreglar papeles,
    indocumentado, indocumentada, indocumentados, redada, redadas, patrulla fronteriza, deportar,
    deportado, deportaron, deportación, detenido, detenidos, detención;
    job, jobs, job training, job search, job center, work, employment, employer, unemployed,
    unemployment, hiring, hire, career, careers, training, workforce, trabajo, trabajos, trabajar,
    busco trabajo, empleo, empleos, bolsa de trabajo, chamba, jale, desempleo, desempleado,
    desempleada, contratan, contratando, capacitación, entrenamiento;
    runaway, runaways, ran away;
    hotline, hotlines, phone and text lines, helpline, crisis line, warm line, warmline,
    phone line, text line,
    línea, líneas, línea de ayuda, línea de crisis
"""
_ALL_GENERAL = ("trafficking", "lgbtq")  # whatever asks for these asks for the type as such

# Who it is for: beside a need such as "dentist" it makes the better answer, not another one.
_WHO = """
    family, families, parent, parents, mom, moms, mother, mothers, single mom, single mother, dad,
    dads, father, fathers, baby, babies, newborn, toddler, grandparents, youth, kid, kids, child,
    children, son, daughter, boy, boys, girl, girls, teen, teens, teenager, teenagers, adolescent,
    adolescents, minor, minors, young, young people, young adult, young adults, student, students,
    gay, lesbian, lesbians, trans, transgender, transsexual, queer, bisexual, bi, lgbt, lgbtq,
    lgbtqia, nonbinary, non binary,
    familia, familias, padre, padres, papá, papás, mamá, mamás, madre, madres, madre soltera, bebé,
    bebés, recién nacido, abuelos, niño, niños, niña, niñas, hijo, hijos, hija, hijas, menor,
    menores, chicos, muchachos, muchacho, muchacha, adolescente, adolescentes, joven, jóvenes,
    juventud, juvenil, infantil, estudiante, estudiantes, lesbiana, lesbianas, transgénero,
    transexual, homosexual, no binario, no binaria
"""

# Places and lines of the second types may help who asks for the first.
NEXT_TO: Mapping[str, tuple[str, ...]] = {
    "immigration": ("legal_aid",),
    "domestic_violence": ("trafficking",),
}

_NO_PLURAL = ("aid", "aids")

Phrase = tuple[str, ...]


def blocks() -> dict[str, Any]:
    """Return what is written in this module, for who makes the same tables of it elsewhere."""
    return {
        "little": _packed(_LITTLE),
        "modest": _packed(_MODEST),
        "types": {kind: _packed(block) for kind, block in _TYPES.items()},
        "same": _packed(_SAME),
        "general": _packed(_GENERAL),
        "all_general": _ALL_GENERAL,
        "who": _packed(_WHO),
        "next_to": NEXT_TO,
        "no_plural": _NO_PLURAL,
    }


def _packed(block: str) -> str:
    return " ".join(block.split())


def phrase(text: str) -> Phrase:
    """Return the words of `text` that count: folded, without the little ones.

    >>> phrase("¿Dónde hay un lugar para dormir?"), phrase("I need a Médico near me")
    (('dormir',), ('medico',))
    """
    return tuple(word for word in map(fold, spoken_words(text)) if word not in STOP_WORDS)


def forms(word: str) -> tuple[str, ...]:
    """Return a word with its likely singulars and plurals, in either language.

    >>> forms("bed"), forms("clinics")
    (('bed', 'beds', 'bedes'), ('clinics', 'clinicss', 'clinicses', 'clinic'))
    >>> forms("pantries")[-1], forms("pantry")[-1], forms("luces")[-1]
    ('pantry', 'pantries', 'luz')
    """
    if word in _NO_PLURAL:
        return (word,)
    shorter = [word.removesuffix(ending) for ending in ("s", "es")]
    found = [word, word + "s", word + "es", *(s for s in shorter if s != word and len(s) >= 3)]
    for one, more in (("y", "ies"), ("z", "ces")):
        if word.endswith(more) and len(word) > len(more) + 1:
            found.append(word.removesuffix(more) + one)
        elif word.endswith(one) and len(word) > 2:
            found.append(word.removesuffix(one) + more)
    return tuple(found)


def types_meant(phrase: Phrase) -> frozenset[str]:
    """Return the types that a phrase asks for in everyday speech; none if it is not known.

    >>> sorted(types_meant(phrase("safe house"))), types_meant(phrase("Tracy"))
    (['domestic_violence'], frozenset())
    """
    return next((TYPES_OF[known] for known in _alike(phrase) if known in TYPES_OF), frozenset())


def same_as(phrase: Phrase) -> tuple[Phrase, ...]:
    """Return the other phrases for what a phrase means; none if it is not known.

    >>> same_as(phrase("cheap"))[:2]
    (('low', 'cost'), ('affordable',))
    """
    found = next((SAME_AS[known] for known in _alike(phrase) if known in SAME_AS), ())
    return tuple(other for other in found if other != phrase)


def is_general(phrase: Phrase) -> bool:
    """Return whether a phrase asks for its types as such, so that each place of them answers it.

    >>> is_general(phrase("hungry")), is_general(phrase("dentist"))
    (True, False)
    """
    return any(known in GENERAL for known in _alike(phrase))


def is_who(phrase: Phrase) -> bool:
    """Return whether a phrase says who it is for.

    >>> is_who(phrase("kids")), is_who(phrase("dentist"))
    (True, False)
    """
    return any(known in WHO for known in _alike(phrase))


def is_known(phrase: Phrase) -> bool:
    """Return whether a phrase is one of everyday speech."""
    return bool(types_meant(phrase) or same_as(phrase))


def _alike(phrase: Phrase) -> Iterator[Phrase]:
    """Yield `phrase` with its last word in each of its forms."""
    return ((*phrase[:-1], form) for form in forms(phrase[-1]))


def _entries(block: str) -> list[str]:
    return [" ".join(entry.split()) for entry in block.split(",") if entry.strip()]


def _same_as() -> dict[Phrase, tuple[Phrase, ...]]:
    groups = [tuple(dict.fromkeys(map(phrase, _entries(group)))) for group in _SAME.split(";")]
    found: dict[Phrase, tuple[Phrase, ...]] = {}
    for group in groups:
        for asked in group:
            found[asked] = tuple(dict.fromkeys((*found.get(asked, ()), *group)))
    return found


def _types_of() -> dict[Phrase, frozenset[str]]:
    found: dict[Phrase, frozenset[str]] = {}
    for kind, block in _TYPES.items():
        for asked in map(phrase, _entries(block)):
            found[asked] = found.get(asked, frozenset()) | {kind}
    like = {
        asked: frozenset[str]().union(*(found.get(other, ()) for other in others))
        for asked, others in SAME_AS.items()
    }
    return {asked: types for asked, types in {**like, **found}.items() if types}


SAME_AS: Mapping[Phrase, tuple[Phrase, ...]] = _same_as()
TYPES_OF: Mapping[Phrase, frozenset[str]] = _types_of()
GENERAL = frozenset(
    phrase(entry)
    for block in (*_GENERAL.split(";"), *map(_TYPES.__getitem__, _ALL_GENERAL))
    for entry in _entries(block)
)
WHO = frozenset(map(phrase, _entries(_WHO)))
LONGEST = max(map(len, (*TYPES_OF, *SAME_AS)))

# Each word of everyday speech with its accents, by the word without.
SPELLED: Mapping[str, str] = {
    fold(word): word
    for block in (*_TYPES.values(), _SAME)
    for word in spoken_words(block)
    if fold(word) not in STOP_WORDS
}
